import type { CreateOptions } from '../js/types.js';

export declare function mergeHooks(defaults: CreateOptions, own: CreateOptions): CreateOptions | undefined;
