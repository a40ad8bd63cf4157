import wretch from 'wretch';

export const createClient = (api, baseURL) => wretch(baseURL).polyfills({ fetch: api.fetch });
