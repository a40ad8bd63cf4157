import createFetchClient from 'openapi-fetch';

export const createClient = (api, baseUrl) => createFetchClient({ baseUrl, fetch: api.fetch });
