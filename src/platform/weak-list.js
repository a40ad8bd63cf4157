// Objects in the order in which they came, as long as somebody else holds them.

export class WeakList {
  #refs = [];
  /** When it has grown so long, those that are gone make way: not each time, which would be a walk over all for each one. */
  #room = 8;

  add(object) {
    if (this.#refs.length >= this.#room) {
      this.#refs = this.#refs.filter((ref) => ref.deref());
      this.#room = Math.max(8, 2 * this.#refs.length);
    }
    this.#refs.push(new WeakRef(object));
  }

  forEach(visit) {
    for (const ref of [...this.#refs]) {
      const object = ref.deref();
      if (object) visit(object);
    }
  }
}
