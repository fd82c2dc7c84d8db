/* connectif-kit: generated from connectif.yaml, do not edit; content 56ef1ef8b91f */
// Web push (article 360014660000). Its address goes into the store's settings.
importScripts("https://cdn.connectif.cloud/scripts/service-worker.js");
