/** Answers: what is made of each body, type and status. */

import { rows } from '../../rows.js';

/**
 * @import { Answer } from '../../server.js'
 * @import { Probes } from '../kit.js'
 */

/** @type {Record<string, string>} */
const BODIES = {
  JSON: '{"a":1,"b":[null,true]}',
  'a list': '[1,2]',
  'a text in JSON': '"text"',
  'a number': '5',
  null: 'null',
  true: 'true',
  'spaces around JSON': ' \n{"a":1}\n ',
  'bad JSON': '{"a":1',
  'a text': 'plain text',
  'a big number': '{"a":12345678901234567890}',
  'names of prototypes': '{"__proto__":{"x":1},"constructor":1}',
  'a mark of byte order before JSON': '\ufeff{"a":1}',
  'letters beyond ASCII': '{"a":"ä€漢😀"}',
  nothing: '',
  'spaces alone': '  ',
};
const TYPES = {
  JSON: 'application/json',
  'JSON with a charset': 'application/json; charset=iso-8859-1',
  'a problem’s': 'application/problem+json',
  text: 'text/plain',
  HTML: 'text/html; charset=utf-8',
  'a picture’s': 'image/png',
  nothing: undefined,
};
const READ_AS = {
  json: 'json',
  text: 'text',
  arraybuffer: 'arraybuffer',
  blob: 'blob',
  stream: 'stream',
  document: 'document',
  formdata: 'formdata',
  'JSON in capitals': 'JSON',
  'an empty text': '',
  null: null,
  nothing: undefined,
  'what is unknown': 'nonesuch',
};
const STATUSES = [
  200, 201, 202, 203, 204, 205, 206, 226, 299, 300, 304, 400, 401, 403, 404, 409, 418, 422, 429, 499, 500,
  501, 502, 503, 504, 599,
];

/** @type {Record<string, any>} */
const VALIDATORS = {
  'below 500': (/** @type {number} */ status) => status < 500,
  'nothing is': () => false,
  'everything is': () => true,
  'what gives a text': () => 'yes',
  'what gives nothing': () => undefined,
  'what gives a promise': () => Promise.resolve(false),
  'what throws': () => {
    throw new RangeError('of validateStatus');
  },
  null: null,
  undefined: undefined,
  false: false,
};

/** @type {Record<string, any>} */
const TRANSFORMS = {
  'a function': (/** @type {any} */ data) => ({ was: data }),
  'a list': [
    (/** @type {any} */ data) => JSON.parse(data || 'null'),
    (/** @type {any} */ data) => ({ ...data, more: 1 }),
  ],
  'an empty list': [],
  null: null,
  'one that throws': () => {
    throw new RangeError('of a transform');
  },
  'one that gives nothing': () => undefined,
  'one that gives a promise': () => Promise.resolve('late'),
  'one that changes headers': (/** @type {any} */ data, /** @type {any} */ headers) => {
    headers.set('x-own', 'a');
    headers['X-Other'] = 'b';
    return data;
  },
};

/** @type {Record<string, any>} */
const PARSING = {
  'silentJSONParsing: false': { transitional: { silentJSONParsing: false } },
  'silentJSONParsing: false, as JSON': { transitional: { silentJSONParsing: false }, responseType: 'json' },
  'as JSON': { responseType: 'json' },
  'forcedJSONParsing: false': { transitional: { forcedJSONParsing: false } },
  'forcedJSONParsing: false, as JSON': { transitional: { forcedJSONParsing: false }, responseType: 'json' },
  'transitional: undefined': { transitional: undefined },
  parseReviver: {
    parseReviver: (/** @type {string} */ key, /** @type {any} */ value) => (key === 'a' ? 'revived' : value),
  },
};

/** @type {Record<string, Answer>} */
const HEADERS = {
  'one twice': { headers: { 'X-A': 'a, b', 'x-a-b': 'c' } },
  'a cookie': { headers: { 'set-cookie': 'a=1; Path=/nowhere' } },
  'an empty one': { headers: { 'X-A': '' } },
  'a length': { headers: { 'content-length': '11' } },
  'names of methods': { headers: { get: 'a', set: 'b', constructor: 'c', has: 'd', 'to-string': 'e' } },
};

/** @type {Probes} */
export const answers = {
  ...rows('a body that is', BODIES, (body) => async (axios, kit) => {
    await kit.answers({ body });
    return axios.get(kit.url());
  }),
  ...rows('a failure’s body that is', BODIES, (body) => async (axios, kit) => {
    await kit.answers({ status: 400, body });
    return axios.get(kit.url());
  }),
  ...rows('a body of type', TYPES, (type) => async (axios, kit) => {
    const headers = /** @type {Record<string, string>} */ (type ? { 'content-type': type } : {});
    await kit.answers({ body: '{"a":1}', headers }, { body: 'text', headers });
    return [await axios.get(kit.url()), await axios.get(kit.url())];
  }),
  ...rows('read as', READ_AS, (responseType) => async (axios, kit) => {
    await kit.answers({ body: '{"a":1}' }, { body: 'text' }, { body: '' });
    const all = [];
    for (const path of ['/json', '/text', '/empty']) {
      const { data } = await axios.get(kit.url(path), { responseType });
      all.push(data);
    }
    return all;
  }),
  ...rows('a failure read as', READ_AS, (responseType) => async (axios, kit) => {
    await kit.answers({ status: 404, body: '{"a":1}' });
    return axios.get(kit.url(), { responseType });
  }),
  ...rows('nothing (204) read as', READ_AS, (responseType) => async (axios, kit) => {
    await kit.answers({ status: 204 });
    return axios.get(kit.url(), { responseType });
  }),
  'a form read as formdata': async (axios, kit) => {
    await kit.answers({ body: 'a=1&b=2', headers: { 'content-type': 'application/x-www-form-urlencoded' } });
    return axios.get(kit.url(), { responseType: 'formdata' });
  },
  'a form read as formData': async (axios, kit) => {
    await kit.answers({ body: 'a=1&b=2', headers: { 'content-type': 'application/x-www-form-urlencoded' } });
    return axios.get(kit.url(), { responseType: 'formData' });
  },
  'arrayBuffer, as the platform writes it': async (axios, kit) =>
    axios.get(kit.url(), { responseType: 'arrayBuffer' }),
  ...Object.assign(
    {},
    ...Object.entries(PARSING).map(([how, config]) =>
      rows(
        `parsed by ${how}`,
        Object.fromEntries(['JSON', 'bad JSON', 'a text', 'nothing'].map((name) => [name, BODIES[name]])),
        (body) => async (/** @type {any} */ axios, /** @type {any} */ kit) => {
          await kit.answers(/** @type {Answer} */ ({ body }));
          return axios.get(kit.url(), config);
        },
      ),
    ),
  ),
  'bad JSON of a failure, not silently': async (axios, kit) => {
    await kit.answers({ status: 400, body: '{"a":' });
    return axios.get(kit.url(), { transitional: { silentJSONParsing: false }, responseType: 'json' });
  },
  responseEncoding: async (axios, kit) => {
    await kit.answers({ body: 'ä' });
    return axios.get(kit.url(), { responseEncoding: 'latin1', responseType: 'text' });
  },
  ...rows(
    'a status of',
    Object.fromEntries(STATUSES.map((status) => [`${status}`, status])),
    (status) => async (axios, kit) => {
      await kit.answers({ status });
      return axios.get(kit.url());
    },
  ),
  'a status with a text of its own': async (axios, kit) => {
    await kit.answers({ status: 460, statusText: 'Own Words' });
    return axios.get(kit.url());
  },
  ...rows('valid is', VALIDATORS, (validateStatus) => async (axios, kit) => {
    await kit.answers({ status: 404 });
    return axios.get(kit.url(), { validateStatus });
  }),
  ...rows('valid is, over the defaults’', VALIDATORS, (validateStatus) => async (axios, kit) => {
    await kit.answers({ status: 503 });
    return axios.create({ validateStatus: () => false }).get(kit.url(), { validateStatus });
  }),
  'valid is undefined, and validateStatusUndefinedResolves is false': async (axios, kit) => {
    await kit.answers({ status: 404 });
    return axios.get(kit.url(), {
      validateStatus: undefined,
      transitional: { validateStatusUndefinedResolves: false },
    });
  },
  ...rows(
    'transformResponse that is',
    TRANSFORMS,
    (transformResponse) => async (axios, kit) => axios.get(kit.url(), { transformResponse }),
  ),
  ...rows('transformResponse of a failure that is', TRANSFORMS, (transformResponse) => async (axios, kit) => {
    await kit.answers({ status: 400 });
    return axios.get(kit.url(), { transformResponse });
  }),
  'what transformResponse is told': async (axios, kit) => {
    await kit.answers({ status: 201 }, { status: 404 }, { status: 204 });
    const transformResponse = [
      /** @this {any} */
      function (/** @type {any} */ data, /** @type {any} */ headers, /** @type {any} */ ...more) {
        kit.note([this?.url, this?.response?.status, typeof data, data, headers.get('Content-Type'), more]);
        return data;
      },
      ...axios.defaults.transformResponse,
    ];
    await axios.get(kit.url('/1'), { transformResponse });
    kit.note(await kit.end(axios.get(kit.url('/2'), { transformResponse })));
    return axios.get(kit.url('/3'), { transformResponse });
  },
  ...rows('headers of an answer', HEADERS, (answer) => async (axios, kit) => {
    await kit.answers(answer);
    const response = await axios.get(kit.url());
    const { headers } = response;
    const isOwn = headers instanceof kit.axios.AxiosHeaders;
    return [
      isOwn,
      headers['x-a'],
      headers.get('X-A'),
      headers.has('X-A'),
      headers.getContentType?.(),
      kit.shownAnswer(response).headers,
    ];
  }),
  ...rows(
    'an answer to',
    { HEAD: 'head', OPTIONS: 'options', DELETE: 'delete', QUERY: 'query' },
    (method) => async (axios, kit) => {
      await kit.answers({ headers: { 'content-type': 'application/json', 'x-a': 'a' } });
      return axios[method](kit.url());
    },
  ),
  'HEAD of a failure': async (axios, kit) => {
    await kit.answers({ status: 404 });
    return axios.head(kit.url());
  },
  ...rows(
    'a redirect by',
    { 301: 301, 302: 302, 303: 303, 307: 307, 308: 308 },
    (status) => async (axios, kit) => {
      await kit.answers({ status, headers: { location: kit.url('/there') } }, { body: '{"there":true}' });
      return axios.post(kit.url(), { a: 1 });
    },
  ),
  'a redirect that is not followed: maxRedirects 0': async (axios, kit) => {
    await kit.answers({ status: 302, headers: { location: kit.url('/there') } });
    return axios.get(kit.url(), { maxRedirects: 0 });
  },
  'a redirect without a place': async (axios, kit) => {
    await kit.answers({ status: 302, headers: {} });
    return axios.get(kit.url());
  },
  ...rows(
    'maxContentLength beside',
    /** @type {Record<string, [Answer, number]>} */ ({
      'a body that is shorter': [{ body: '"abc"' }, 5],
      'a body that is shorter, and says so': [{ body: '"abc"', headers: { 'content-length': '5' } }, 6],
      'a body that is longer': [{ body: '"abcdef"' }, 5],
      'a length that is longer': [{ body: '"abcdef"', headers: { 'content-length': '8' } }, 5],
      nothing: [{ body: '' }, 0],
      'a limit of -1': [{ body: 'abc' }, -1],
    }),
    ([answer, maxContentLength]) =>
      async (axios, kit) => {
        await kit.answers(answer);
        return axios.get(kit.url(), { maxContentLength });
      },
  ),
  'maxContentLength of a stream': async (axios, kit) => {
    await kit.answers({ body: 'abcdef' });
    const { data } = await axios.get(kit.url(), { maxContentLength: 3, responseType: 'stream' });
    return new Response(data).text();
  },
  ...rows(
    'the last progress of a download of',
    {
      'known length': { body: '{"a":"bcd"}', headers: { 'content-length': '11' } },
      'unknown length': { body: '{"a":"bcd"}' },
      nothing: { body: '' },
      'a failure': { status: 400, body: '{"a":"bcd"}' },
    },
    (answer) => async (axios, kit) => {
      await kit.answers(answer);
      /** @type {any} */
      let last;
      /** @type {Promise<void>} */
      const told = new Promise((resolve) => {
        const onDownloadProgress = (/** @type {any} */ event) => {
          last = event;
          if (event.loaded === answer.body.length) resolve();
        };
        kit.note(kit.end(axios.get(kit.url(), { onDownloadProgress })));
      });
      // The last event comes in a task of its own, and none of what is empty.
      if (answer.body) await told;
      await kit.log[0];
      const { event, rate, estimated, bytes, ...rest } = last ?? {};
      return last && { ...rest, keys: Object.keys(last).sort(), event: typeof event, bytes: typeof bytes };
    },
  ),
};
