// A list of objects in the order of their insertion, which does not keep them alive.

export class WeakList {
  #refs = [];
  /** The dead are removed only when the list has grown to this length, so that an insertion stays cheap. */
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
