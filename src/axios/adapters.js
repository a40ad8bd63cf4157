// How a request is sent: by the app's own function, or by a name, of which this package has one.

import { createApiFetch } from '../npm/index.js';
import { LATER } from '../npm/later.js';
import { AxiosError } from './error.js';
import { fetchOf, send } from './send.js';
import { isFunction } from './type-checks.js';

let bare;
/** An instance without a session, for all that have none. */
export const bareApi = () => {
  bare ??= createApiFetch({ fetch: fetchOf(() => undefined) });
  return bare;
};

/** By what a config is sent, while it is: an app's adapter may hand it on to ours. */
const fetches = new WeakMap();
export const sendBy = (config, fetch) => fetches.set(config, fetch);

const byFetch = async (config) => send(config, fetches.get(config) ?? bareApi().fetch);
const NAMED = { fetch: byFetch, xhr: null, http: null };

/** The first of an app's adapters, functions or names, that there is. */
export function getAdapter(adapters) {
  const wanted = [adapters].flat();
  const reasons = wanted.map((one, at) => {
    if (one === null || one === false || isFunction(one)) return [`#${at}`, one];
    const name = String(one).toLowerCase();
    if (!Object.hasOwn(NAMED, name)) throw new AxiosError(`Unknown adapter '${one}'`);
    return [String(one), NAMED[name]];
  });
  const found = reasons.find(([, adapter]) => adapter);
  if (found) return found[1];
  const lines = reasons.map(
    ([name, state]) =>
      `- adapter ${name} ${state === false ? 'is not supported by the environment' : 'is not available in the build'}`,
  );
  const why = lines.length > 1 ? `since :\n${lines.join('\n')}` : ` ${lines[0]}`;
  throw new AxiosError(
    `There is no suitable adapter to dispatch the request ${lines.length ? why : 'as no adapter specified'}`,
    AxiosError.ERR_NOT_SUPPORT,
  );
}

/** The adapter that puts an instance's session under npm's axios. */
export const createSessionAdapter = (api, kinds) => {
  if (!isFunction(api?.[LATER]))
    throw new TypeError('createSessionAdapter: api must be an instance of createApiFetch');
  return async (config) => send(config, api[LATER](), kinds);
};
