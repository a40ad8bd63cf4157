// What the compiler knows of the facade: what an app of axios has written keeps compiling.

import { expectTypeOf } from 'expect-type';
import type {
  AxiosInstance,
  AxiosInterceptorManager,
  AxiosRequestConfig,
  AxiosResponse,
  CancelTokenSource,
  CreateAxiosDefaults,
  InternalAxiosRequestConfig,
} from '../../dist/axios.js';
import axios, {
  AxiosError,
  AxiosHeaders,
  CanceledError,
  CancelToken,
  create,
  createSessionAdapter,
  HttpStatusCode,
  isAxiosError,
  isCancel,
  mergeConfig,
} from '../../dist/axios.js';
import type { Session } from '../../dist/index.js';
import { createApiFetch } from '../../dist/index.js';

interface User {
  name: string;
}

const service: AxiosInstance = axios.create({
  baseURL: '/api',
  timeout: 1000,
  headers: { common: { 'X-A': 'a' } },
  session: { refresh: '/refresh', storage: 'memory' },
});
expectTypeOf(create({})).toEqualTypeOf<AxiosInstance>();
expectTypeOf(service.session).toEqualTypeOf<Session | null>();
// Whoever names a session has one.
axios.create({ session: { refresh: '/refresh' } }).session.set({ access_token: 'a' });
create({ session: { refresh: '/refresh' } }).session.signOut();
// @ts-expect-error: there may be none
axios.create({ session: false }).session.signOut();

// Results: `data` as it is named, or what an interceptor makes of the response.
expectTypeOf(service.get<User>('/me')).resolves.toEqualTypeOf<AxiosResponse<User>>();
expectTypeOf(service.get('/me')).resolves.toHaveProperty('data').toBeAny();
expectTypeOf(service.get<User, User>('/me')).resolves.toEqualTypeOf<User>();
expectTypeOf(service<User>('/me')).resolves.toEqualTypeOf<AxiosResponse<User>>();
expectTypeOf(axios<User>({ url: '/me' })).resolves.toEqualTypeOf<AxiosResponse<User>>();
expectTypeOf(service.request<User>({ url: '/me' })).resolves.toEqualTypeOf<AxiosResponse<User>>();
expectTypeOf(service.post<User, AxiosResponse<User>, { a: number }>('/me', { a: 1 })).resolves.toEqualTypeOf<
  AxiosResponse<User>
>();
service.postForm('/files', { file: new Blob() });
expectTypeOf(service.getUri({ url: '/x', params: { a: 1 } })).toBeString();

// Configs.
const config: AxiosRequestConfig = { params: { a: [1] }, responseType: 'blob', session: false };
service.get('/x', { ...config, signal: new AbortController().signal, validateStatus: null });
service.get('/x', { headers: { Authorization: 'Bearer x', 'Content-Type': 'application/json' } });
service.get('/x', { headers: new AxiosHeaders({ a: 'b' }), auth: { username: 'a', password: 'b' } });
service.get('/x', { paramsSerializer: { indexes: null, encode: (value, encode) => encode(value) } });
// @ts-expect-error: a session belongs to an instance
service.get('/x', { session: { refresh: '/refresh' } });
// @ts-expect-error: not a method of reading
service.get('/x', { responseType: 'jason' });
const defaults: CreateAxiosDefaults = { session: false };
axios.create(defaults);
axios.defaults.headers.common.Authorization = 'Bearer x';
axios.defaults.headers.post['Content-Type'] = 'text/plain';
service.defaults.baseURL = '/v2';
expectTypeOf(mergeConfig({}, config)).toEqualTypeOf<AxiosRequestConfig>();

// Interceptors.
expectTypeOf(service.interceptors.request).toEqualTypeOf<
  AxiosInterceptorManager<InternalAxiosRequestConfig>
>();
const id = service.interceptors.request.use(
  (request) => {
    request.headers.set('X-A', '1');
    request.headers.Authorization = 'Bearer x';
    return request;
  },
  undefined,
  { synchronous: true, runWhen: ({ method }) => method === 'get' },
);
expectTypeOf(id).toBeNumber();
service.interceptors.request.eject(id);
service.interceptors.response.use(
  (response) => response.data,
  async (error: unknown) => {
    if (isCancel(error)) expectTypeOf(error.code).toEqualTypeOf<string | undefined>();
    if (isAxiosError<User>(error)) {
      expectTypeOf(error.response?.data).toEqualTypeOf<User | undefined>();
      if (error.config && error.response?.status === HttpStatusCode.Unauthorized)
        return service(error.config);
    }
    throw error;
  },
);

// Classes.
expectTypeOf(new AxiosError('x').toJSON()).toBeObject();
expectTypeOf(new CanceledError('x')).toExtend<AxiosError>();
expectTypeOf(CancelToken.source()).toEqualTypeOf<CancelTokenSource>();
const failure: AxiosError<User> = new AxiosError<User>('x', AxiosError.ERR_NETWORK);
expectTypeOf(failure.response?.data).toEqualTypeOf<User | undefined>();
class Own extends AxiosError {}
expectTypeOf(new Own('x')).toExtend<Error>();

// Under npm's axios.
createSessionAdapter(createApiFetch({ session: { refresh: '/refresh' } }), axios);
// @ts-expect-error: no instance
createSessionAdapter({});
