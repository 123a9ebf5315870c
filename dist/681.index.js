export const id = 681;
export const ids = [681];
export const modules = {

/***/ 64681:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   "default": () => (/* binding */ open)
/* harmony export */ });
/** Stands in for the package `open` in the bundles: only interactive sign-in would open a browser, and nothing here does. */
function open() {
    throw new Error('interactive sign-in is not offered');
}
//# sourceMappingURL=open.js.map

/***/ })

};

