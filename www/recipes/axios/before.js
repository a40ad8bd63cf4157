import axios from 'axios';

export function createApi(baseURL, { read, write, showLogin }) {
  const service = axios.create({ baseURL, timeout: 10_000 });
  let isRefreshing = false;
  let queue = [];

  service.interceptors.request.use((config) => {
    config.headers.Authorization = `Bearer ${read().access_token}`;
    return config;
  });

  service.interceptors.response.use(
    (response) => response.data,
    async (error) => {
      const { config, response } = error;
      if (response?.status !== 401 || config.isRetry) throw error;
      config.isRetry = true;
      if (isRefreshing) {
        await new Promise((resolve) => queue.push(resolve));
        return service(config);
      }
      isRefreshing = true;
      try {
        const { data } = await axios.post(`${baseURL}/refresh`, { refresh_token: read().refresh_token });
        write(data);
        for (const resolve of queue) resolve();
        queue = [];
        return await service(config);
      } catch (failure) {
        showLogin();
        throw failure;
      } finally {
        isRefreshing = false;
      }
    },
  );
  return service;
}
