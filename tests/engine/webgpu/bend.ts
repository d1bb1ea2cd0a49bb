/**
 * Real wrong kernels: the WGSL is changed on its way into the browser's compiler. Nothing of ours is replaced
 * or mocked.
 */

export interface Bend {
  /** Which shaders, by the label of their pass. */
  readonly label: RegExp;
  readonly change: (code: string) => string;
}

/**
 * From here on, shaders whose label matches are changed. @returns puts everything back; throws where nothing
 * was ever changed
 */
export function bend({ label, change }: Bend): () => void {
  const stock = GPUDevice.prototype.createShaderModule;
  let bent = 0;
  GPUDevice.prototype.createShaderModule = function createShaderModule(this: GPUDevice, descriptor) {
    if (!label.test(descriptor.label ?? '')) return stock.call(this, descriptor);
    const code = change(descriptor.code);
    if (code === descriptor.code) throw new Error(`Nothing to change in ${descriptor.label ?? ''}.`);
    bent++;
    return stock.call(this, { ...descriptor, code });
  };
  return () => {
    GPUDevice.prototype.createShaderModule = stock;
    if (bent === 0) throw new Error(`No shader matches ${String(label)}.`);
  };
}
