/** The fence while another tab holds it: who asks it is not answered. */

/** @import { App } from './app.js' */

/**
 * A transaction that goes on until it is told otherwise: those of other tabs wait for its end.
 *
 * @param {App} app
 */
export async function holdFence(app) {
  await app.run(
    () =>
      /** @type {Promise<void>} */ (
        new Promise((resolve) => {
          indexedDB.open('wasm-api-fetch/1').onsuccess = ({ target }) => {
            const { result } = /** @type {IDBOpenDBRequest} */ (target);
            const marks = result.transaction('marks', 'readwrite').objectStore('marks');
            const goOn = () => {
              resolve();
              if (document.title !== 'let go') marks.count().onsuccess = goOn;
            };
            goOn();
          };
        })
      ),
  );
  return () =>
    app.run(() => {
      document.title = 'let go';
    });
}

/**
 * Lets a held refresh be answered; resolves when the answer is in the page, and all is done with it that can be. Nobody's patience
 * ends meanwhile: time stands still in the page.
 *
 * @param {App} app
 */
export async function answerRefresh(app) {
  await app.page.clock.pauseAt(Date.now() + 1000);
  await app.run(() => {
    const read = Response.prototype.text;
    Response.prototype.text = async function () {
      const text = await read.call(this);
      const { port1, port2 } = new MessageChannel();
      port2.onmessage = () => {
        document.title = 'answered';
      };
      port1.postMessage(0);
      return text;
    };
  });
  await app.tenant.control({ hold: { refresh: false } });
  await app.tenant.release('refresh');
  await app.until(() => document.title === 'answered');
}
