/** Something that holds exactly or not at all. */
export interface Check {
  name: string;
  /** What is claimed, for people. */
  claim: string;
  /** What was found, one sentence. */
  found: string;
  ok: boolean;
}
