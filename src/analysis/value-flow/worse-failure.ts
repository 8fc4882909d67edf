import type { Failure } from '../control-flow/model.js';

const rank: Record<Failure, number> = { impossible: 0, doubtful: 1, assumed: 2, promised: 3, shown: 4 };

/** The failure of two things that both happen. */
export function worse(left: Failure, right: Failure): Failure {
  return rank[left] >= rank[right] ? left : right;
}
