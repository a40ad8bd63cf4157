/** Forms: what becomes one, and how. */

import { rows } from '../../rows.js';
import { bytes, ENCODED, file, form } from './things.js';

/** @import { Kit, Probes } from '../kit.js' */

/** What becomes a form. @type {Record<string, () => any>} */
const FIELDS = {
  'texts and numbers': () => ({ a: 'x', b: 1, c: true, d: null, e: undefined, f: '' }),
  'lists and objects': () => ({ a: [1, 2], b: { c: [3, { d: 4 }] }, 'e{}': { f: 1 }, 'g[]': [5], h: [[6]] }),
  'a date, a Blob and a file': () => ({ a: new Date(0), b: new Blob(['x']), c: file() }),
  'a list of files': () => ({ files: [file(), file()], 'more[]': [file()] }),
  'a buffer and a view': () => ({ a: bytes().buffer, b: bytes() }),
  'names with brackets': () => ({ 'a[b]': 1, 'c.d': 2 }),
  'a list at the top': () => [1, { a: 2 }],
  nothing: () => ({}),
};
const SERIALIZERS = {
  dots: { dots: true },
  'indexes: true': { indexes: true },
  'indexes: null': { indexes: null },
  'metaTokens: false': { metaTokens: false },
  'maxDepth: 0': { maxDepth: 0 },
  'a visitor': {
    visitor(
      /** @type {any} */ value,
      /** @type {any} */ key,
      /** @type {any} */ path,
      /** @type {any} */ helpers,
    ) {
      if (key === 'a') return true;
      return helpers.defaultVisitor.call(this, value, `v-${key}`, path, helpers);
    },
  },
};

/** @type {Probes} */
export const forms = {
  ...rows('postForm of', FIELDS, (make) => (axios, kit) => axios.postForm(kit.url(), make())),
  ...rows(
    'an encoded form of',
    FIELDS,
    (make) => (axios, kit) => axios.post(kit.url(), make(), { headers: { 'Content-Type': ENCODED } }),
  ),
  ...rows(
    'formSerializer of a form',
    SERIALIZERS,
    (formSerializer) => (axios, kit) =>
      axios.postForm(kit.url(), { a: { x: 1 }, ...FIELDS['lists and objects']?.() }, { formSerializer }),
  ),
  ...rows(
    'formSerializer of an encoded form',
    SERIALIZERS,
    (formSerializer) => (axios, kit) =>
      axios.post(
        kit.url(),
        { a: { x: 1 }, ...FIELDS['lists and objects']?.() },
        {
          formSerializer,
          headers: { 'Content-Type': ENCODED },
        },
      ),
  ),
  'a form of one’s own by env.FormData': (axios, kit) => {
    function Own() {
      const form = new FormData();
      form.append('own', '1');
      return form;
    }
    return axios.postForm(kit.url(), { a: 1 }, { env: { FormData: Own } });
  },
  'a form in circles': (axios, kit) => {
    /** @type {any} */
    const data = { a: {} };
    data.a.self = data;
    return axios.postForm(kit.url(), data);
  },
  ...rows(
    'postForm of a form, or of',
    { form, text: () => 'text', nothing: () => undefined },
    (make) => (axios, kit) => axios.postForm(kit.url(), make()),
  ),
  'putForm and patchForm': async (axios, kit) => {
    await axios.putForm(kit.url(), { a: 1 });
    await axios.patchForm(kit.url(), { a: [1, 2] }, { headers: { 'X-Own': 'a' } });
  },
  'a form that is to be JSON': (axios, kit) => {
    const data = new FormData();
    for (const [name, value] of [
      ['a', '1'],
      ['a', '2'],
      ['b[c][d]', 'x'],
      ['e[]', '1'],
      ['e[]', '2'],
      ['f[0]', '1'],
      ['f[1]', '2'],
      ['g.h', 'y'],
    ]) {
      data.append(/** @type {string} */ (name), /** @type {string} */ (value));
    }
    return axios.post(kit.url(), data, { headers: { 'Content-Type': 'application/json' } });
  },
};

/** What only a page has. @type {Probes} */
export const documentForms = {
  'a form of the document': (axios, kit) => axios.post(kit.url(), documentForm(kit)),
  'a form of the document that is to be JSON': (axios, kit) =>
    axios.post(kit.url(), documentForm(kit), { headers: { 'Content-Type': 'application/json' } }),
  'postForm of a form of the document': (axios, kit) => axios.postForm(kit.url(), documentForm(kit)),
  'formToJSON of a form of the document': (_, kit) => kit.axios.formToJSON(documentForm(kit)),
};

/** In Node, an object. @param {Kit} kit */
function documentForm(kit) {
  if (typeof document === 'undefined') return { isOf: kit.origin };
  const element = document.createElement('form');
  element.innerHTML =
    '<input name="a" value="1"><input name="b[c]" value="2"><input name="d" type="checkbox">';
  return element;
}
