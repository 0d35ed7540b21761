/**
 * The highest level reached in at least two thirds of the skills assessed, null where they are fewer than `fewest`.
 * The rule is domain/profiles.py's, which decides; a browser test compares the two.
 * @param {number[]} ranks a rank for each skill assessed, 0 the lowest level
 */
export function proposedLevel(ranks, fewest) {
  if (ranks.length < fewest) return null;
  let proposed = 0;
  for (const level of ranks) {
    const reached = ranks.filter((rank) => rank >= level).length;
    if (3 * reached >= 2 * ranks.length) proposed = Math.max(proposed, level);
  }
  return proposed;
}
