/** An instance of an app's own class, which has a text. */
export class Money {
  constructor(/** @type {number} */ cents) {
    this.cents = cents;
  }
  toString() {
    return `${this.cents}c`;
  }
}
