// "Cetak" prints the paper in the frame. Without scripts, or where the browser shows no PDF, the link opens it.
for (const link of document.querySelectorAll("a[data-prints]")) {
  link.addEventListener("click", (event) => {
    if (!navigator.pdfViewerEnabled) return;
    const paper = document.getElementById(link.dataset.prints).contentWindow;
    try {
      paper.focus();
      paper.print();
    } catch (error) {
      // Firefox before 110 keeps its viewer of PDFs to itself: then the link is followed.
      if (error.name !== "SecurityError") throw error;
      return;
    }
    event.preventDefault();
  });
}
