/** A module worker that does nothing by itself: the test works in it. */
export {};
