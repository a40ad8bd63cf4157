import ky from 'ky';

export const createClient = (api, prefixUrl) => ky.create({ prefixUrl, fetch: api.fetch, timeout: false });
