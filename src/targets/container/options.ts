/** How the container target is configured. */

export interface ContainerTargetOptions {
  readonly kind: 'container';
  /**
   * Where the document's paths begin. A host that is the name of a container means that container and a port inside it (`http://api:8000/v1`),
   * and becomes the address that it is published at; any other host is taken as it is.
   */
  readonly baseUrl: string;
  /** Path or URL of the served document, relative to the base URL. */
  readonly document?: string;
  /** Issuer of the provider among the containers; written like the base URL. */
  readonly issuer?: string;
  /** Containers by name. They share one network, in which the name is the host name of each. */
  readonly containers?: Readonly<Record<string, ContainerOptions>>;
  /** In place of `containers`: a compose project, whose services are the containers. */
  readonly compose?: ComposeOptions;
  /** Leaves the containers running, and takes them again while their configuration is the same. Their data stay as well: for local work. */
  readonly reuse?: boolean;
}

/** One container of a target. */
export interface ContainerOptions {
  /** Name of an image, pulled where it is missing; or how to build one. */
  readonly image: string | ImageBuild;
  /** Names of containers further up that must be ready before this one is started. */
  readonly needs?: readonly string[];
  readonly command?: readonly string[];
  /** Values, or names of variables that hold secrets. */
  readonly env?: Readonly<Record<string, string | SecretVariable>>;
  /** Ports inside to publish: `8080` at a free port, `18080:8080` at port 18080. Those that `ready`, base URL and issuer name need not be listed. */
  readonly ports?: readonly (number | string)[];
  /** Further host names in the network. */
  readonly aliases?: readonly string[];
  /** Files and folders to copy into it before it starts: path inside → path here, relative to the configuration file. */
  readonly files?: Readonly<Record<string, string>>;
  /** Host names it shall know beside those of the network: name → address, or `host-gateway` for this machine. */
  readonly hosts?: Readonly<Record<string, string>>;
  /** A command that says whether it is healthy, in place of the image's own. */
  readonly health?: HealthCheck;
  /** All that must hold before it is ready. By default: healthy where there is a health check, else every published port accepts. */
  readonly ready?: readonly Readiness[];
  /** Milliseconds to wait for readiness; two minutes by default. */
  readonly readyTimeout?: number;
}

/** Built with the engine's classic builder: a Dockerfile that needs BuildKit is built by hand and named as an image. */
export interface ImageBuild {
  /** Folder that is sent to the engine, without what its `.dockerignore` names. */
  readonly context: string;
  /** Path in the folder; `Dockerfile` by default. */
  readonly dockerfile?: string;
  readonly args?: Readonly<Record<string, string>>;
  /** Stage to build. */
  readonly target?: string;
}

/** The value is in an environment variable of ours, and is struck out of whatever is shown. */
export interface SecretVariable {
  readonly variable: string;
}

/** A command that tells whether a container is healthy. */
export interface HealthCheck {
  /** For the container's shell. */
  readonly command: string;
  /** Milliseconds between two of them; one second by default. */
  readonly interval?: number;
  /** Failures in a row that make it unhealthy; 30 by default. */
  readonly retries?: number;
}

/** One thing that must hold: it is healthy; a port accepts; a URL answers 2xx or 3xx; a line with the text was printed; it ran to its end with exit code 0. */
export type Readiness =
  | { readonly kind: 'health' }
  | { readonly kind: 'port'; readonly port: number }
  | { readonly kind: 'http'; readonly port: number; readonly path: string }
  | { readonly kind: 'log'; readonly text: string }
  | { readonly kind: 'done' };

/** Services of Compose files that are the target. */
export interface ComposeOptions {
  /** Compose files, the first one's folder being the project's. */
  readonly files: readonly [string, ...string[]];
  /** Services to start with what they depend on; all by default. */
  readonly services?: readonly string[];
  /** Variables for the files. */
  readonly env?: Readonly<Record<string, string | SecretVariable>>;
  /** What must hold before a service is ready, as in `containers`. */
  readonly ready?: Readonly<Record<string, readonly Readiness[]>>;
  readonly readyTimeout?: number;
}
