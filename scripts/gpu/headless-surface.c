/*
 * A Vulkan driver that forwards to NVIDIA's and says that it has surfaces without a window. ANGLE asks for them in a headless browser
 * (VK_EXT_headless_surface); NVIDIA's driver does not have them on a machine without a display, so Chromium would find no adapter. Nothing is
 * ever presented. Linux on amd64:
 *   gcc -shared -fPIC -o libheadless-surface.so headless-surface.c -ldl
 *   echo '{"file_format_version":"1.0.1","ICD":{"library_path":"/full/path/libheadless-surface.so","api_version":"1.3.0"}}' > headless.json
 *   VK_DRIVER_FILES=/full/path/headless.json chromium --headless=new ... (switches: docs/gpu.md)
 * HEADLESS_SURFACE_REAL names another driver than libGLX_nvidia.so.0.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <stdio.h>
typedef void (*PFN)(void);
typedef PFN (*GetProc)(void *, const char *);
typedef int (*Enum)(const char *, uint32_t *, char *);
static void *lib; static GetProc gip; static GetProc gpd; static int (*neg)(uint32_t *); static Enum en;
static void load(void) {
  if (lib) return;
  const char *p = getenv("HEADLESS_SURFACE_REAL"); lib = dlopen(p ? p : "libGLX_nvidia.so.0", RTLD_NOW | RTLD_LOCAL);
  if (!lib) { fprintf(stderr, "headless-surface: %s\n", dlerror()); return; }
  gip = (GetProc)dlsym(lib, "vk_icdGetInstanceProcAddr"); gpd = (GetProc)dlsym(lib, "vk_icdGetPhysicalDeviceProcAddr");
  neg = (int (*)(uint32_t *))dlsym(lib, "vk_icdNegotiateLoaderICDInterfaceVersion");
}
static const char *extra[] = {"VK_KHR_surface", "VK_EXT_headless_surface"};
static char real[260 * 256]; static uint32_t realn;
static int has(const char *n) { for (uint32_t i = 0; i < realn; i++) if (!strcmp(real + 260 * i, n)) return 1; return 0; }
static int enumerate(const char *layer, uint32_t *count, char *out) {
  realn = 256; int r = en(layer, &realn, real); if (r) return r;
  uint32_t k = 0;
  for (uint32_t i = 0; i < realn; i++) { if (out) { if (k >= *count) return 5; memcpy(out + 260 * k, real + 260 * i, 260); } k++; }
  for (int j = 0; j < 2; j++) if (!has(extra[j])) { if (out) { if (k >= *count) return 5; memset(out + 260 * k, 0, 260); strcpy(out + 260 * k, extra[j]); *(uint32_t *)(out + 260 * k + 256) = 1; } k++; }
  *count = k; return 0;
}
/* VkInstanceCreateInfo: sType, pNext, flags, pApplicationInfo, enabledLayerCount, ppEnabledLayerNames, enabledExtensionCount, ppEnabledExtensionNames */
struct ci { uint32_t s; void *n; uint32_t f; void *a; uint32_t lc; const char **l; uint32_t ec; const char **e; };
static int (*createReal)(const struct ci *, void *, void **);
static int create(const struct ci *c, void *al, void **out) {
  struct ci d = *c; const char *kept[64]; uint32_t n = 0;
  if (!realn) { realn = 256; en(0, &realn, real); }
  for (uint32_t i = 0; i < c->ec && n < 64; i++) if (has(c->e[i])) kept[n++] = c->e[i];
  d.ec = n; d.e = kept; return createReal(&d, al, out);
}
static int headless(void *i, const void *c, const void *a, uint64_t *s) { *s = 0x1234; return 0; }
static void destroy(void *i, uint64_t s, const void *a) {}
static int support(void *p, uint32_t q, uint64_t s, uint32_t *yes) { *yes = 1; return 0; }
static PFN ours(const char *n) {
  if (!strcmp(n, "vkCreateHeadlessSurfaceEXT")) return (PFN)headless;
  if (!strcmp(n, "vkDestroySurfaceKHR") && !has("VK_KHR_surface")) return (PFN)destroy;
  if (!strcmp(n, "vkGetPhysicalDeviceSurfaceSupportKHR") && !has("VK_KHR_surface")) return (PFN)support;
  return 0;
}
__attribute__((visibility("default"))) PFN vk_icdGetInstanceProcAddr(void *i, const char *n) {
  load(); if (!lib) return 0;
  if (!en) en = (Enum)gip(0, "vkEnumerateInstanceExtensionProperties");
  if (!strcmp(n, "vkEnumerateInstanceExtensionProperties")) return (PFN)enumerate;
  if (!strcmp(n, "vkCreateInstance")) { createReal = (void *)gip(i, n); return (PFN)create; }
  PFN o = ours(n); return o ? o : gip(i, n);
}
__attribute__((visibility("default"))) PFN vk_icdGetPhysicalDeviceProcAddr(void *i, const char *n) { load(); if (!lib) return 0; PFN o = strcmp(n, "vkGetPhysicalDeviceSurfaceSupportKHR") ? 0 : ours(n); return o ? o : gpd ? gpd(i, n) : 0; }
__attribute__((visibility("default"))) int vk_icdNegotiateLoaderICDInterfaceVersion(uint32_t *v) { load(); if (!lib) return -9; return neg ? neg(v) : 0; }
