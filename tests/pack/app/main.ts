import { createApiFetch } from 'wasm-api-fetch';
import axios from 'wasm-api-fetch/axios';

declare global {
  interface Window {
    storm: (tenant: string, count: number) => Promise<string[]>;
    axiosStorm: (tenant: string, count: number) => Promise<string[]>;
  }
}

interface Echo {
  path: string;
}

const post = async (url: string, body: object = {}): Promise<object> => {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  return response.json();
};

/** Requests that all meet an expired token, and the path that each one's answer names. */
window.storm = async (tenant, count) => {
  const api = createApiFetch({
    baseURL: tenant,
    session: { storage: 'memory', refresh: { url: '/oidc/token', clientId: 'app' } },
  });
  await api.session?.set(await post(`${tenant}/login`, { username: 'ada' }));
  await post(`${tenant}/expire`);

  const requests = Array.from({ length: count }, (_, index) => api<Echo>(`/api/echo/${index}`));
  return (await Promise.all(requests)).map((echo) => echo.path);
};

/** The same by the axios facade. */
window.axiosStorm = async (tenant, count) => {
  const service = axios.create({
    baseURL: tenant,
    session: { storage: 'memory', refresh: { url: '/oidc/token', clientId: 'app' } },
  });
  await service.session?.set(await post(`${tenant}/login`, { username: 'ada' }));
  await post(`${tenant}/expire`);

  const requests = Array.from({ length: count }, (_, index) => service.get<Echo>(`/api/echo/${index}`));
  return (await Promise.all(requests)).map(({ data }) => data.path);
};
