// What the entry gives types to: `src/npm/types/axios.ts`.

export const Axios: unknown;
export const AxiosError: unknown;
export const AxiosHeaders: unknown;
export const all: unknown;
export const axios: unknown;
export const CanceledError: unknown;
export const CancelToken: unknown;
export const createSessionAdapter: unknown;
export const formToJSON: unknown;
export const getAdapter: unknown;
export const HttpStatusCode: unknown;
export const isAxiosError: unknown;
export const isCancel: unknown;
export const mergeConfig: unknown;
export const spread: unknown;
export const toFormData: unknown;
export const VERSION: string;
