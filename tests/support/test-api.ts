/** A running API of our own, and who may use it. */
export interface TestApi {
  /** What the document's paths stand below. */
  readonly baseUrl: string;
  readonly tokens: {
    readonly main: string;
    /** Sees what main made, may not change it. */
    readonly other: string;
    /** May only read. */
    readonly reader: string;
    /** Sees nothing that main made. */
    readonly stranger: string;
  };
  readonly close: () => Promise<void>;
}
