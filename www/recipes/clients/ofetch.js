import { ofetch } from 'ofetch';

export const createClient = (api, baseURL) => ofetch.create({ baseURL }, { fetch: api.fetch });
