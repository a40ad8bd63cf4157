/** The managers of interceptors: which are there, and which run. */

import { rows } from '../../rows.js';

/** @import { Probes } from '../kit.js' */

/** @type {() => any} */
const fails = () => {
  throw new RangeError('of an interceptor');
};
const SYNC = { synchronous: true };

/** @type {Probes} */
export const managers = {
  ...rows(
    'runWhen that gives',
    { false: false, true: true, zero: 0, nothing: undefined, 'an empty text': '' },
    (value) => (axios, kit) => {
      const runWhen = kit.asks('runWhen', () => value);
      axios.interceptors.request.use(kit.asks('conditional'), null, { runWhen });
      axios.interceptors.request.use(kit.asks('always'), null, SYNC);
      const call = axios.get(kit.url(), { adapter: kit.adapter() });
      kit.note('called');
      return call;
    },
  ),
  'runWhen that throws': (axios, kit) => {
    axios.interceptors.request.use(kit.asks('conditional'), null, { runWhen: fails });
    axios.interceptors.response.use(kit.answered('response'), kit.failed('response'));
    return axios.get(kit.url());
  },
  'runWhen that is no function': (axios, kit) => {
    axios.interceptors.request.use(kit.asks('conditional'), null, { runWhen: false });
    return axios.get(kit.url());
  },
  'runWhen of a response interceptor': (axios, kit) => {
    axios.interceptors.response.use(kit.answered('response'), null, { runWhen: () => false });
    return axios.get(kit.url());
  },
  'runWhen is told of what the defaults and the call say': (axios, kit) => {
    axios.defaults.headers.common['X-Common'] = 'c';
    const runWhen = (/** @type {any} */ config) => kit.note(kit.shownConfig(config));
    axios.interceptors.request.use(kit.asks('conditional'), null, { runWhen });
    return axios.post(kit.url(), { a: 1 }, { headers: { 'x-own': 'a' } });
  },
  'the numbers that use gives': (axios, kit) => {
    const { request, response } = axios.interceptors;
    const none = () => undefined;
    return [request.use(none), request.use(none), response.use(none), request.use(none), kit.log.length];
  },
  eject: (axios, kit) => {
    const { request, response } = axios.interceptors;
    const first = request.use(kit.asks('ejected'));
    request.use(kit.asks('stays'));
    const second = response.use(kit.answered('ejected'));
    response.use(kit.answered('stays'));
    request.eject(first);
    response.eject(second);
    return axios.get(kit.url());
  },
  'eject twice, and of what there never was': (axios, kit) => {
    const { request } = axios.interceptors;
    const id = request.use(kit.asks('ejected'));
    request.use(kit.asks('stays'));
    for (const one of [id, id, 99, -1, undefined, null, 'x']) request.eject(one);
    return axios.get(kit.url());
  },
  'eject by a text': (axios, kit) => {
    const { request } = axios.interceptors;
    const id = request.use(kit.asks('ejected'));
    request.eject(String(id));
    return axios.get(kit.url());
  },
  'the number of one that is ejected is not given again': (axios, kit) => {
    const { request } = axios.interceptors;
    const first = request.use(kit.asks('first'));
    request.eject(first);
    const second = request.use(kit.asks('second'));
    request.eject(first);
    return Promise.all([first, second, axios.get(kit.url())]);
  },
  clear: (axios, kit) => {
    const { request, response } = axios.interceptors;
    const id = request.use(kit.asks('cleared'));
    response.use(kit.answered('cleared'));
    request.clear();
    response.clear();
    request.use(kit.asks('new'));
    request.eject(id);
    return axios.get(kit.url());
  },
  handlers: (axios, kit) => {
    const { request } = axios.interceptors;
    request.use(kit.asks('first'), null, { synchronous: true, runWhen: null });
    const id = request.use(kit.asks('second'));
    request.use(kit.asks('third'));
    request.eject(id);
    return request.handlers;
  },
  'handlers, of which one ejects the last': ({ interceptors: { request } }, kit) => {
    request.use(kit.asks('first'));
    request.eject(request.use(kit.asks('second')));
    return request.handlers.length;
  },
  forEach: ({ interceptors: { request } }, kit) => {
    request.use(kit.asks('first'));
    request.eject(request.use(kit.asks('second')));
    request.use(kit.asks('third'), undefined, SYNC);
    request.forEach((/** @type {any} */ one) => void kit.note(one));
  },
  'added by an interceptor during the call': (axios, kit) => {
    axios.interceptors.request.use(
      kit.asks('first', (config) => {
        axios.interceptors.request.use(kit.asks('late'));
        axios.interceptors.response.use(kit.answered('late'));
        return config;
      }),
    );
    return axios.get(kit.url());
  },
  'ejected while the answer is awaited': async (axios, kit) => {
    await kit.answers({ hold: 'head' });
    const id = axios.interceptors.response.use(kit.answered('response'));
    const call = axios.get(kit.url());
    await kit.arrived();
    axios.interceptors.response.eject(id);
    await kit.release();
    return call;
  },
  'added while the answer is awaited': async (axios, kit) => {
    await kit.answers({ hold: 'head' });
    const call = axios.get(kit.url());
    await kit.arrived();
    axios.interceptors.response.use(kit.answered('late'));
    await kit.release();
    return call;
  },
  'ejected after the call, before it is sent': (axios, kit) => {
    const id = axios.interceptors.request.use(kit.asks('request'));
    const call = axios.get(kit.url());
    axios.interceptors.request.eject(id);
    return call;
  },
  'use without anything': (axios, kit) => {
    axios.interceptors.request.use();
    axios.interceptors.response.use();
    return axios.get(kit.url());
  },
  'use of null and a rejection handler': async (axios, kit) => {
    await kit.answers({ status: 400 });
    axios.interceptors.request.use(null, kit.failed('request'));
    axios.interceptors.response.use(null, kit.failed('response'));
    return axios.get(kit.url());
  },
};
