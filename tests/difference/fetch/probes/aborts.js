/** Signals: before, during and after. */

import { rows } from '../../rows.js';

/** @import { Kit, Probe, Probes } from '../kit.js' */

class Own {
  name = 'Own';
}

/** @type {Record<string, any>} */
const REASONS = {
  none: undefined,
  'an error': new Error('own'),
  'a TypeError': new TypeError('own'),
  'a string': 'own',
  null: null,
  zero: 0,
  'an object': new Own(),
};

/** @type {Record<string, any>} */
const NO_SIGNALS = {
  'an object': {},
  'what looks like one': { aborted: false, addEventListener() {}, removeEventListener() {} },
  'what looks like one that is aborted': { aborted: true, reason: new Error('own') },
  'a controller': new AbortController(),
  'an EventTarget': new EventTarget(),
  true: true,
  zero: 0,
};

/**
 * Whether what it rejects with is the reason itself.
 *
 * @param {Kit} kit
 * @param {Promise<unknown>} work
 * @param {AbortSignal} signal
 */
async function isReason(kit, work, signal) {
  try {
    return await work;
  } catch (error) {
    kit.note({ isReason: error === signal.reason });
    throw error;
  }
}

/** @type {(signal: AbortSignal) => Probe} */
const aborted = (signal) => (fetch, kit) => isReason(kit, fetch(kit.url(), { signal }), signal);

/** @type {Probes} */
export const aborts = {
  ...rows('aborted before, with the reason', REASONS, (reason) => aborted(AbortSignal.abort(reason))),
  ...rows('aborted on its way, with the reason', REASONS, (reason) => async (fetch, kit) => {
    await kit.answers({ hold: 'head' });
    const controller = new AbortController();
    const { signal } = controller;
    const work = isReason(kit, fetch(kit.url(), { signal }), signal);
    await kit.arrived();
    controller.abort(reason);
    return work;
  }),
  ...rows('aborted while the body comes, with the reason', REASONS, (reason) => async (fetch, kit) => {
    await kit.answers({
      hold: 'body',
      headers: { 'content-type': 'text/plain' },
      body: 'one half, the other',
    });
    const controller = new AbortController();
    const { signal } = controller;
    const response = await fetch(kit.url(), { signal });
    const reader = response.body.getReader();
    kit.note(new TextDecoder().decode((await reader.read()).value));
    controller.abort(reason);
    return isReason(kit, reader.read(), signal);
  }),
  'aborted while the text is waited for': async (fetch, kit) => {
    await kit.answers({ hold: 'body' });
    const controller = new AbortController();
    const response = await fetch(kit.url(), { signal: controller.signal });
    const text = isReason(kit, response.text(), controller.signal);
    controller.abort(new Error('own'));
    return text;
  },
  'aborted before the body is asked for': async (fetch, kit) => {
    await kit.answers({ hold: 'body' });
    const controller = new AbortController();
    const response = await fetch(kit.url(), { signal: controller.signal });
    controller.abort(new Error('own'));
    return isReason(kit, response.text(), controller.signal);
  },
  'aborted after the answer was read': async (fetch, kit) => {
    const controller = new AbortController();
    const response = await fetch(kit.url(), { signal: controller.signal });
    const text = await response.text();
    controller.abort();
    return text;
  },
  'aborted in the same tick': (fetch, kit) => {
    kit.ignoreRequests();
    const controller = new AbortController();
    const work = isReason(kit, fetch(kit.url(), { signal: controller.signal }), controller.signal);
    controller.abort(new Error('own'));
    return work;
  },
  'aborted twice': (fetch, kit) => {
    kit.ignoreRequests();
    const controller = new AbortController();
    const work = isReason(kit, fetch(kit.url(), { signal: controller.signal }), controller.signal);
    controller.abort(new Error('first'));
    controller.abort(new Error('second'));
    return work;
  },
  'a time limit that is over': async (fetch, kit) => {
    await kit.answers({ hold: 'head' });
    // It may be over before the request has come there.
    kit.ignoreRequests();
    const signal = AbortSignal.timeout(30);
    return isReason(kit, fetch(kit.url(), { signal }), signal);
  },
  'a time limit that is over while the body comes': async (fetch, kit) => {
    await kit.answers({ hold: 'body' });
    kit.ignoreRequests();
    const signal = AbortSignal.timeout(200);
    const body = fetch(kit.url(), { signal }).then((/** @type {Response} */ response) => response.text());
    return isReason(kit, body, signal);
  },
  'one of several': async (fetch, kit) => {
    await kit.answers({ hold: 'head' });
    const controller = new AbortController();
    const signal = AbortSignal.any([controller.signal, new AbortController().signal]);
    const work = isReason(kit, fetch(kit.url(), { signal }), signal);
    await kit.arrived();
    controller.abort(new Error('own'));
    return work;
  },
  'a Request’s own, on its way': async (fetch, kit) => {
    await kit.answers({ hold: 'head' });
    const controller = new AbortController();
    const work = isReason(
      kit,
      fetch(new Request(kit.url(), { signal: controller.signal })),
      controller.signal,
    );
    await kit.arrived();
    controller.abort(new Error('own'));
    return work;
  },
  'a Request’s own, while the body comes': async (fetch, kit) => {
    await kit.answers({ hold: 'body' });
    const controller = new AbortController();
    const response = await fetch(new Request(kit.url(), { signal: controller.signal }));
    controller.abort(new Error('own'));
    return isReason(kit, response.text(), controller.signal);
  },
  'a Request’s own, and the init’s on its way': async (fetch, kit) => {
    await kit.answers({ hold: 'head' });
    const [own, other] = [new AbortController(), new AbortController()];
    const work = fetch(new Request(kit.url(), { signal: own.signal }), { signal: other.signal });
    await kit.arrived();
    own.abort(new Error('of the request'));
    other.abort(new Error('of the init'));
    return isReason(kit, work, other.signal);
  },
  'a POST on its way': async (fetch, kit) => {
    await kit.answers({ hold: 'head' });
    const controller = new AbortController();
    const { signal } = controller;
    const work = isReason(kit, fetch(kit.url(), { method: 'POST', body: 'a', signal }), signal);
    await kit.arrived();
    controller.abort(new Error('own'));
    return work;
  },
  'another of two is aborted': async (fetch, kit) => {
    await kit.answers({ hold: 'head' });
    const controller = new AbortController();
    const one = fetch(kit.url(), { signal: controller.signal });
    await kit.arrived();
    // To another place: of two that are alike a browser holds the second one back.
    const two = fetch(kit.url('/there'));
    await kit.arrived(2);
    controller.abort();
    await one.catch(() => {});
    await kit.release();
    return two;
  },
  ...rows('a signal that is none', NO_SIGNALS, (signal) => (fetch, kit) => fetch(kit.url(), { signal })),
  'a signal of null': (fetch, kit) => fetch(kit.url(), { signal: null }),
  'a signal of undefined': (fetch, kit) => fetch(kit.url(), { signal: undefined }),
  'an aborted signal, and a URL that is none': (fetch) =>
    fetch('http://[', { signal: AbortSignal.abort(new Error('own')) }),
  'an aborted signal, and a method that is none': (fetch, kit) =>
    fetch(kit.url(), { method: 'A B', signal: AbortSignal.abort(new Error('own')) }),
  'an aborted signal, and a body beside GET': (fetch, kit) =>
    fetch(kit.url(), { body: 'a', signal: AbortSignal.abort(new Error('own')) }),
};
