import axios from 'axios';

export const createClient = (api, baseURL) =>
  axios.create({ baseURL, adapter: 'fetch', env: { fetch: api.fetch } });
