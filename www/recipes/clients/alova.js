import { createAlova } from 'alova';
import adapterFetch from 'alova/fetch';

export const createClient = (api, baseURL) =>
  createAlova({ baseURL, requestAdapter: adapterFetch({ customFetch: api.fetch }) });
