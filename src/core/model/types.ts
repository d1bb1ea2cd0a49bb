/**
 * An architecture as data: lists of layers that the engine executes and the parameter counter walks.
 * Parameter names follow PyTorch (`features.0.weight`), shapes are given where they are computed.
 */
export type ArchitectureId =
  | 'vgg11-bn-multitask' // the proposed model
  | 'vgg11-single' // reference model 2
  | 'alexnet-single' // reference model 1
  | 'alexnet-multitask'; // in the source, not in the tables

export type Layer =
  | {
      readonly kind: 'conv';
      readonly name: string;
      readonly inChannels: number;
      readonly outChannels: number;
      readonly kernel: number;
      readonly stride: number;
      readonly padding: number;
    }
  | { readonly kind: 'batchNorm'; readonly name: string; readonly channels: number }
  | { readonly kind: 'relu' }
  | { readonly kind: 'maxPool'; readonly kernel: number; readonly stride: number }
  | { readonly kind: 'flatten' }
  | {
      readonly kind: 'linear';
      readonly name: string;
      readonly inFeatures: number;
      readonly outFeatures: number;
    }
  | { readonly kind: 'dropout'; readonly name: string; readonly rate: number };

/** A model built for given heads, width and input size. */
export interface ModelSpec {
  readonly architecture: ArchitectureId;
  readonly inputSize: number;
  /** Everything the tasks share: convolutions, flatten, shared linear layers. */
  readonly trunk: readonly Layer[];
  /**
   * One list per task, in the order of RunConfig.tasks; the last linear layer has as many outputs as classes.
   */
  readonly heads: readonly {
    readonly task: string;
    readonly classes: number;
    readonly layers: readonly Layer[];
  }[];
}

/** A named trainable array or running statistic. */
export interface ParameterSpec {
  readonly name: string;
  /** In the engine's layout: conv [kh, kw, in, out], linear [in, out], vectors [n]. */
  readonly shape: readonly number[];
  readonly role: 'weight' | 'bias' | 'scale' | 'offset' | 'runningMean' | 'runningVariance';
  readonly layer: 'conv' | 'linear' | 'batchNorm';
  readonly trainable: boolean;
}
