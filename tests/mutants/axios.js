/** The rules of the axios facade, each by a name of its own, and what breaks them. */

import { axiosAnswers } from './axios-answers.js';
import { axiosCalls } from './axios-calls.js';
import { axiosConfigs } from './axios-configs.js';
import { axiosEndings } from './axios-endings.js';
import { axiosInterceptors } from './axios-interceptors.js';
import { axiosRequests } from './axios-requests.js';
import { axiosSession } from './axios-session.js';

export const AXIOS_RULES = [
  ...['calls', 'exports', 'AxiosHeaders'],
  ...[
    'order',
    'synchronous',
    'runWhen',
    'eject',
    'clear',
    'handlers',
    'fixed chain',
    'rejections',
    'new request',
  ],
  ...[
    'merging',
    'baseURL',
    'params',
    'transformRequest',
    'bodies',
    'forms',
    'XSRF',
    'withCredentials',
    'auth',
  ],
  ...[
    'response',
    'transformResponse',
    'validateStatus',
    'responseType',
    'maxContentLength',
    'progress',
    'adapter',
    'env.fetch',
  ],
  ...['timeout', 'signal', 'CancelToken', 'AxiosError', 'toJSON'],
  ...['session', 'own 401', 'replay', 'createSessionAdapter'],
];

export const axios = [
  ...axiosCalls,
  ...axiosInterceptors,
  ...axiosConfigs,
  ...axiosRequests,
  ...axiosAnswers,
  ...axiosEndings,
  ...axiosSession,
];
