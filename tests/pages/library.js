/** The package for scripts that were bundled without modules: a test finds it here. */

import * as lib from '../../dist/index.js';

Object.assign(globalThis, { wasmApiFetch: lib });
