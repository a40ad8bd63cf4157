//! Chance, the same in each run.

/// Small and steady: Knuth's multiplier for a 64-bit linear congruential generator.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn below(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }

    pub(crate) fn of<T: Copy>(&mut self, faces: &[T]) -> T {
        let sides = u64::try_from(faces.len()).unwrap();
        faces[usize::try_from(self.below(sides)).unwrap()]
    }

    pub(crate) fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }
}
