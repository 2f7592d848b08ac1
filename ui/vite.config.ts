import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

// A tracking server for `npm run dev` and `npm run preview`; the built UI is served by the
// server itself and only ever asks its own origin.
const server = process.env.EPOCHAL_SERVER ?? "http://127.0.0.1:5000";

const toServer = {
  target: server,
  changeOrigin: true,
  // The server refuses foreign origins; behind this proxy the page's origin is the proxy's.
  headers: { origin: server },
};

const proxy = {
  "/ajax-api": toServer,
  "/get-artifact": toServer,
  "/api": toServer,
  "/health": toServer,
  "/version": toServer,
};

// As strict as the server's own, so that a violation shows up in `npm run preview`.
const headers = {
  "Content-Security-Policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; " +
    "font-src 'self'; connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'",
};

export default defineConfig({
  base: "./",
  plugins: [react()],
  server: { host: "127.0.0.1", proxy },
  preview: { host: "127.0.0.1", proxy, headers },
  build: {
    target: "es2022",
    manifest: true,
    // Fonts stay files: a data: URL would need an exception in the content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  test: { include: ["tests/**/*.test.ts", "tests/**/*.test.tsx"] },
});
