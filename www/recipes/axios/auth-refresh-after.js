import axios from 'wasm-api-fetch/axios';

export const createApi = (baseURL, { storage, showLogin }) =>
  axios.create({
    baseURL,
    session: { storage, refresh: { url: '/refresh', body: 'json' }, onSignOut: showLogin },
  });
