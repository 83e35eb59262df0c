/** One measurement of `npm run bench`. */
export interface Bench {
  readonly name: string;
  /** Throughput wants to be over its goal, times and ratios under it. */
  readonly unit: 'MB/s' | 'ms' | 'ratio' | 'bytes';
  readonly goal: number;
  /** 5 where not given */
  readonly runs?: number;
  /** One run's figure. */
  measure(): number | Promise<number>;
  /** Further figures of the last run, printed beside. */
  facts?(): Readonly<Record<string, number>>;
  /** Ends what was started for it. */
  close?(): Promise<void>;
}
