/** Answers of each kind: handed over as they are, unread. */

import { rows } from '../../rows.js';

/** @import { Probe, Probes } from '../kit.js' */

const STATUSES = [200, 201, 203, 204, 205, 206, 207, 299, 304, 400, 402, 403, 404, 405, 407, 409, 410, 418];
const MORE = [422, 425, 429, 451, 500, 501, 502, 503, 504, 511, 599, 999];
const named = (/** @type {readonly any[]} */ list) =>
  Object.fromEntries(list.map((one) => [String(one), one]));

/** @type {Record<string, { type: string, body: string }>} */
const CONTENTS = {
  JSON: { type: 'application/json', body: '{"a":1}' },
  'JSON that is none': { type: 'application/json', body: '{"a":' },
  text: { type: 'text/plain; charset=utf-8', body: 'grüße' },
  'text of another charset': { type: 'text/plain; charset=latin1', body: 'text' },
  'a form': { type: 'application/x-www-form-urlencoded', body: 'a=1&b=2' },
  nothing: { type: 'text/plain', body: '' },
  'events of a server': { type: 'text/event-stream', body: 'data: 1\n\ndata: 2\n\n' },
};
const READERS = ['text', 'json', 'blob', 'arrayBuffer', 'formData', 'bytes'];

/** @type {(type: string, body: string) => (reader: string) => Probe} */
const readBy = (type, body) => (reader) => async (fetch, kit) => {
  await kit.answers({ headers: { 'content-type': type }, body });
  const response = await fetch(kit.url());
  kit.note(response.bodyUsed);
  const value = response[reader] ? await response[reader]() : 'not there';
  kit.note(response.bodyUsed);
  return value;
};

/** @type {Record<string, any>} */
const REDIRECTS = {
  follow: { redirect: 'follow' },
  manual: { redirect: 'manual' },
  error: { redirect: 'error' },
};

/** @type {Probes} */
export const answers = {
  ...rows('an answer of', named([...STATUSES, ...MORE]), (status) => async (fetch, kit) => {
    await kit.answers({
      status,
      headers: { 'content-type': 'text/plain', 'x-a': '1' },
      body: 'what it says',
    });
    return fetch(kit.url());
  }),
  'an answer of 401': async (fetch, kit) => {
    await kit.answers({ status: 401, body: 'who are you?' });
    return fetch(kit.url());
  },
  'a status text of its own': async (fetch, kit) => {
    await kit.answers({ status: 200, statusText: 'Fine, Thanks' });
    return fetch(kit.url());
  },
  'a header twice, and those that are hidden': async (fetch, kit) => {
    await kit.answers({ headers: { 'x-a': '1, 2', 'set-cookie': 'a=1', 'set-cookie2': 'b' } });
    return fetch(kit.url());
  },
  ...Object.assign(
    {},
    ...Object.entries(CONTENTS).map(([what, { type, body }]) =>
      rows(`a body of ${what}, read as`, named(READERS), readBy(type, body)),
    ),
  ),
  'a body read twice': async (fetch, kit) => {
    const response = await fetch(kit.url());
    await response.text();
    return response.text();
  },
  'a copy, and both read': async (fetch, kit) => {
    const response = await fetch(kit.url());
    const copy = response.clone();
    return [await response.text(), await copy.text(), copy.url, copy.type];
  },
  'a copy of what was read': async (fetch, kit) => {
    const response = await fetch(kit.url());
    await response.text();
    return response.clone();
  },
  'a body read step by step': async (fetch, kit) => {
    await kit.answers({
      hold: 'body',
      headers: { 'content-type': 'text/plain' },
      body: 'one half, the other',
    });
    const response = await fetch(kit.url());
    const reader = response.body.getReader();
    const first = new TextDecoder().decode((await reader.read()).value);
    kit.note({ first, locked: response.body.locked, used: response.bodyUsed });
    await kit.release();
    let rest = '';
    for (let step = await reader.read(); !step.done; step = await reader.read())
      rest += new TextDecoder().decode(step.value);
    return rest;
  },
  'a body that is cancelled': async (fetch, kit) => {
    await kit.answers({ hold: 'body' });
    const response = await fetch(kit.url());
    await response.body.cancel();
    await kit.ended();
    return response.bodyUsed;
  },
  'a body that breaks off': async (fetch, kit) => {
    await kit.answers({ hold: 'cut' });
    const response = await fetch(kit.url());
    kit.note(response.status);
    await kit.release();
    return response.text();
  },
  'no answer at all': async (fetch, kit) => {
    await kit.answers({ drop: true });
    return fetch(kit.url());
  },
  'an answer to HEAD': (fetch, kit) => fetch(kit.url(), { method: 'HEAD' }),
  'an answer of no type': async (fetch, kit) => {
    await kit.answers({ headers: { 'content-length': '2' }, body: 'ok' });
    return fetch(kit.url());
  },
  'several at once, each its own': async (fetch, kit) => {
    kit.ignoreRequests();
    const paths = ['/one', '/two', '/three', '/four'];
    const all = await Promise.all(paths.map((path) => fetch(kit.url(path))));
    return all.map((response) => new URL(response.url).pathname.split('/').at(-1));
  },
  ...rows('a redirect, with', REDIRECTS, (init) => async (fetch, kit) => {
    await kit.answers({ status: 302, headers: { location: kit.url('/there?a=1') } }, { body: 'there' });
    return fetch(kit.url('/here#hash'), init);
  }),
  ...rows('a POST and a redirect by', named([301, 302, 303, 307, 308]), (status) => async (fetch, kit) => {
    await kit.answers({ status, headers: { location: kit.url('/there') } }, { body: 'there' });
    return fetch(kit.url(), { method: 'POST', body: 'a body', headers: { 'x-a': '1' } });
  }),
  'a POST of a Request, and a redirect that sends it on': async (fetch, kit) => {
    await kit.answers({ status: 307, headers: { location: kit.url('/there') } }, { body: 'there' });
    return fetch(new Request(kit.url(), { method: 'POST', body: 'a body' }));
  },
  'two redirects': async (fetch, kit) => {
    await kit.answers(
      { status: 301, headers: { location: 'there' } },
      { status: 302, headers: { location: './at-last' } },
      { body: 'at last' },
    );
    return fetch(kit.url());
  },
  'a redirect without an end': async (fetch, kit) => {
    await kit.answers({ status: 302, headers: { location: kit.url() } });
    const failed = await fetch(kit.url()).catch((/** @type {any} */ error) => error);
    return failed.name;
  },
  'a redirect to nowhere': async (fetch, kit) => {
    await kit.answers({ status: 302, headers: { location: 'http://[' } });
    return fetch(kit.url());
  },
  'a redirect without a place': async (fetch, kit) => {
    await kit.answers({ status: 302, headers: {} });
    return fetch(kit.url());
  },
  'a redirect to another origin that allows it': async (fetch, kit) => {
    const allowed = { 'access-control-allow-origin': '*' };
    // The token that `fetch` itself would send, so that both are asked about the same.
    await kit.answers({ status: 302, headers: { location: kit.elsewhere() } }, { headers: allowed });
    return fetch(kit.url());
  },
};
