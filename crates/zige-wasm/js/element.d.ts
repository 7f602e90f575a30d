/** `<zige-check pack="…" check="…" packs="…">`; importing this module defines it. */
export interface VerdictDetail {
  pack: string;
  check: string;
  verdict: "eligible" | "discretionary" | "ineligible" | "incomplete";
  possible: ("ineligible" | "discretionary" | "eligible")[];
}

declare global {
  interface HTMLElementEventMap {
    /** At each change of the verdict; nothing of the person. */
    "zige-verdict": CustomEvent<VerdictDetail>;
    /** It could not start. */
    "zige-trouble": CustomEvent<{ message: string }>;
  }
}
