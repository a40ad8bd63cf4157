/** Cookies and origins: what is sent to whom. Of most of it Node knows nothing, and does not mind. */

import { rows } from '../../rows.js';

/** @import { Kit, Probes } from '../kit.js' */

const cors = {
  'access-control-allow-origin': '*',
  'access-control-allow-headers': '*',
  'access-control-expose-headers': 'x-a',
};

/** The same server by another name, which is another origin. */
const otherOrigin = (/** @type {Kit} */ kit) => kit.url().replace('127.0.0.1', 'localhost');

/** Where a request may carry the XSRF token. @type {Record<string, any>} */
const XSRF = {
  'as it is': {},
  'withXSRFToken: true': { withXSRFToken: true },
  'withXSRFToken: false': { withXSRFToken: false },
  'withXSRFToken: null': { withXSRFToken: null },
  'withXSRFToken: a text': { withXSRFToken: 'false' },
  'withXSRFToken: one': { withXSRFToken: 1 },
  'withXSRFToken: a function': { withXSRFToken: (/** @type {any} */ config) => config.method === 'get' },
  'withXSRFToken: a function that gives nothing': { withXSRFToken: () => undefined },
  'withCredentials: true': { withCredentials: true },
  'names of one’s own': { xsrfCookieName: 'own', xsrfHeaderName: 'X-Own' },
  'a cookie that is not there': { xsrfCookieName: 'none' },
  'no name of a cookie': { xsrfCookieName: '' },
  'no name of a header': { xsrfHeaderName: null },
  'a header of its own': { headers: { 'x-xsrf-token': 'own' } },
};

const setCookie = (/** @type {string} */ text) => {
  // biome-ignore lint/suspicious/noDocumentCookie: a page without TLS has no other way
  document.cookie = text;
};

/** A page’s cookies; Node has none. @type {(work: () => Promise<any>) => Promise<any>} */
async function withCookies(work) {
  if (typeof document === 'undefined') return work();
  const cookies = ['XSRF-TOKEN=a%20b', 'own=c', 'XSRF-TOKEN-2=d'];
  for (const cookie of cookies) setCookie(`${cookie}; path=/`);
  try {
    return await work();
  } finally {
    for (const cookie of cookies) setCookie(`${cookie}; path=/; max-age=0`);
  }
}

/** What a page is to know of the server, and which of its origins it asks. @type {Probes} */
export const pages = {
  ...rows('XSRF', XSRF, (config) => (axios, kit) => withCookies(() => axios.get(kit.url(), config))),
  ...rows(
    'XSRF to another origin',
    XSRF,
    (config) => (axios, kit) =>
      withCookies(async () => axios.get(otherOrigin(kit), { ...config, env: { fetch: kit.fetched() } })),
  ),
  'XSRF by a path': (axios, kit) => withCookies(() => axios.get('/x', { baseURL: kit.base })),
  'another origin that allows it': async (axios, kit) => {
    await kit.answers({ headers: { ...cors, 'x-a': 'a', 'x-b': 'b' } });
    return axios.get(otherOrigin(kit));
  },
  'another origin that allows it, and a POST': async (axios, kit) => {
    await kit.answers({ headers: cors });
    return axios.post(otherOrigin(kit), { a: 1 });
  },
  'another origin, with credentials': (axios, kit) => {
    const config = { withCredentials: true, env: { fetch: kit.fetched() } };
    return axios.get(otherOrigin(kit), config);
  },
  'a path alone': (axios, kit) => {
    const { pathname } = new URL(kit.url());
    return axios.get(pathname);
  },
};
