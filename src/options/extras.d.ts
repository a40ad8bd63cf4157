import type { CreateOptions } from '../npm/types.js';

export declare function mergeHooks(defaults: CreateOptions, own: CreateOptions): CreateOptions | undefined;
