import axios from 'wasm-api-fetch/axios';

export function createApi(baseURL, { storage, showLogin }) {
  const service = axios.create({
    baseURL,
    timeout: 10_000,
    session: { storage, refresh: { url: '/refresh', body: 'json' }, onSignOut: showLogin },
  });
  service.interceptors.response.use((response) => response.data);
  return service;
}
