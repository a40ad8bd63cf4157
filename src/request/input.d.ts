import type { Options } from '../options/options.js';
import type { RequestRecord } from './record.js';

/** @throws TypeError when an option is wrong, and whatever a getter throws */
export function takeCall(record: RequestRecord, input: unknown, given: unknown, defaults: Options): void;

/** The same for the arguments of `fetch`; `base`: the base that the page resolved URLs against when the call was made. */
export function takeFetch(
  record: RequestRecord,
  input: unknown,
  init: unknown,
  defaults: Options,
  base?: string,
): void;
