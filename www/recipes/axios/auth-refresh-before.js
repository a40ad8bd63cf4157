import axios from 'axios';
import { createAuthRefresh } from 'axios-auth-refresh';

export function createApi(baseURL, { read, write, showLogin }) {
  const service = axios.create({ baseURL });

  service.interceptors.request.use((config) => {
    config.headers.Authorization = `Bearer ${read().access_token}`;
    return config;
  });

  createAuthRefresh(service, async () => {
    try {
      const { data } = await axios.post(`${baseURL}/refresh`, { refresh_token: read().refresh_token });
      write(data);
    } catch (failure) {
      showLogin();
      throw failure;
    }
  });
  return service;
}
