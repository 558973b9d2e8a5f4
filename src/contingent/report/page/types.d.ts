/** Shapes of what the page is given and what it keeps. */

export type Levers = Record<string, string>;

export interface Filters {
  kind: string;
  settled: string;
  surprising: boolean;
  cluster: string;
  words: string;
}

export interface Difference {
  claim: string;
  before: number | null;
  after: number | null;
  difference: number | null;
  low: number | null;
  high: number | null;
  clear: boolean;
  [more: string]: any;
}

export interface Differences {
  futures: number;
  by: Record<string, Difference>;
  label?: string;
  /** claims that this answer does not reach yet */
  later?: string[];
}

export interface State {
  /** selected claim */
  claim: string | null;
  /** day of the theatre, counted from its start */
  day: number;
  /** future that is played; null shows probabilities */
  future: number | null;
  playing: boolean;
  /** days a second */
  speed: number;
  /** changes of levers by dotted name, as the command line writes them ("* 2", "5") */
  levers: Levers;
  /** date from which the levers are turned; null is day 0 */
  from: string | null;
  /** what the levers do to every claim */
  differences: Differences | null;
  view: "text" | "graph";
  filters: Filters;
  panel: "argument" | "theatre" | "why";
  theme: "auto" | "light" | "dark";
  /** class mode: readers guess first … */
  guessing: boolean;
  /** … until the model is revealed */
  revealed: boolean;
  [key: string]: any;
}

export interface Store {
  get(): State;
  set(changes: Partial<State>): void;
  on(
    keys: string | string[],
    listener: (state: State, changed: Set<string>) => void,
  ): () => void;
}

export interface Frame {
  name?: string;
  dtype: string;
  shape: number[];
  data: any;
}

export interface Playback {
  holders: Frame;
  flags: Frame;
  progress: Frame;
  sorties: Frame;
  columns: Frame;
  events: Array<{ day: number; says: string; place: string | null; kind: string }>;
  [more: string]: any;
}

export interface Claim {
  id: string;
  says: string;
  sentence: string;
  kind: string;
  status: string;
  probability: number | null;
  low: number | null;
  high: number | null;
  variants_low: number | null;
  variants_high: number | null;
  hedge: string | null;
  hedge_low: number | null;
  hedge_high: number | null;
  reason: string;
  cluster: string;
  surprising: boolean;
  order: number;
  [more: string]: any;
}

export interface View {
  version: number;
  study: any;
  days: { start: string; now: string; end: string; count: number };
  theatre: any;
  claims: Claim[];
  article: any;
  argument: any;
  explanations: any;
  drivers: any;
  watch: any;
  levers: any[];
  what_ifs: any[];
  observables: any[];
  frames: Record<string, any>;
  exemplars: any;
  how: Record<string, string>;
  [more: string]: any;
}

export interface JobEvents {
  progress?: (progress: any) => void;
  done?: (job: any) => void;
  failed?: (job: any) => void;
  cancelled?: (job: any) => void;
  interrupted?: (job: any) => void;
}

export interface Jobs {
  list(): Promise<any[]>;
  run(request: any): Promise<any>;
  start(kind: string, request: any): Promise<any>;
  cancel(id: string): Promise<any>;
  /** let an interrupted job go on */
  resume(id: string): Promise<any>;
  /** follow a job; returns a function that stops following */
  events(id: string, listeners: JobEvents): () => void;
}

export interface Source {
  kind: "live" | "file";
  view(): Promise<View>;
  frame(name: string): Promise<Frame>;
  future(k: number): Promise<Playback>;
  futures(claim: string | null, comesTrue: string): Promise<number[]>;
  fan(expression: string): Promise<{ quantiles: number[]; values: Float32Array; days: number }>;
  /** `told` hears each part of an answer that comes in parts */
  whatIf?(request: any, signal?: AbortSignal, told?: (part: any) => void): Promise<any>;
  jobs?: Jobs;
  server?: any;
  [more: string]: any;
}

export interface Context {
  /** show a job of the server until it ends (live only) */
  follow?: (job: any) => void;
  state: Store;
  source: Source;
  view: View;
}

declare global {
  const d3: any;
  const Plot: any;
  const topojson: any;
}
