// The types that the package exports.

export type * from './types/instance.js';
export type * from './types/ofetch.js';
export type * from './types/refresh.js';
export type * from './types/request.js';
export type * from './types/session.js';
export type * from './types/tokens.js';
