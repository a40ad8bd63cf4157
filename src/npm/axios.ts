// The entry `wasm-api-fetch/axios`: the facade, with its types.
// biome-ignore-all lint/suspicious/noExplicitAny: as in the types themselves

import * as facade from '../axios/axios.js';
import type * as types from './types/axios.js';

export type * from './types/axios.js';

const axios = facade.axios as types.AxiosStatic;
export default axios;

export const Axios = facade.Axios as typeof types.Axios;
export type Axios = types.Axios;
export const AxiosError = facade.AxiosError as typeof types.AxiosError;
export type AxiosError<T = unknown, D = any, P = any> = types.AxiosError<T, D, P>;
export const AxiosHeaders = facade.AxiosHeaders as typeof types.AxiosHeaders;
export type AxiosHeaders = types.AxiosHeaders;
export const CanceledError = facade.CanceledError as typeof types.CanceledError;
export type CanceledError<T, D = any, P = any> = types.CanceledError<T, D, P>;
export { CanceledError as Cancel };
export const CancelToken = facade.CancelToken as types.CancelTokenStatic;
export type CancelToken = types.CancelToken;
export const HttpStatusCode = facade.HttpStatusCode as typeof types.HttpStatusCode;
export type HttpStatusCode = types.HttpStatusCode;
/** The version of axios that this stands in for. */
export const VERSION = facade.VERSION;
export const all = facade.all as typeof types.all;
export const create = axios.create;
export const createSessionAdapter = facade.createSessionAdapter as typeof types.createSessionAdapter;
export const formToJSON = facade.formToJSON as typeof types.formToJSON;
export const getAdapter = facade.getAdapter as typeof types.getAdapter;
export const isAxiosError = facade.isAxiosError as typeof types.isAxiosError;
export const isCancel = facade.isCancel as typeof types.isCancel;
export const mergeConfig = facade.mergeConfig as typeof types.mergeConfig;
export const spread = facade.spread as typeof types.spread;
export const toFormData = facade.toFormData as typeof types.toFormData;
