/**
 * Arctangent of a number that is not negative, or not a number: to the last digit as Math.atan computes it, but in a form
 * that is compiled into the loop around it. Math.atan is a call into the runtime for each pixel. After fdlibm, s_atan.c (Sun
 * Microsystems, 1993).
 */
export function arctangent(value: number): number {
  if (value < 0.4375) return value - value * tail(value);
  if (value < 0.6875) {
    const x = (2 * value - 1) / (2 + value);
    return 0.4636476090008061 - (x * tail(x) - 2.2698777452961687e-17 - x);
  }
  if (value < 1.1875) {
    const x = (value - 1) / (value + 1);
    return 0.7853981633974483 - (x * tail(x) - 3.061616997868383e-17 - x);
  }
  if (value < 2.4375) {
    const x = (value - 1.5) / (1 + 1.5 * value);
    return 0.982793723247329 - (x * tail(x) - 1.3903311031230998e-17 - x);
  }
  const x = -1 / value;
  return 1.5707963267948966 - (x * tail(x) - 6.123233995736766e-17 - x);
}

/** The polynomial of 1 - arctan(x) / x. */
function tail(x: number): number {
  const z = x * x;
  const w = z * z;
  const odd =
    0.09090887133436507 + w * (0.06661073137387531 + w * (0.049768779946159324 + w * 0.016285820115365782));
  const even =
    w *
    (-0.19999999999876483 +
      w *
        (-0.11111110405462356 +
          w * (-0.0769187620504483 + w * (-0.058335701337905735 + w * -0.036531572744216916))));
  return z * (0.3333333333333293 + w * (0.14285714272503466 + w * odd)) + even;
}
