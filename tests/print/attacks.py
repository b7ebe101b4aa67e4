"""38 texts that would do harm if a paper took them for anything but text."""

ATTACKS = [
    # files
    '<img src="file:///etc/passwd">',
    "<img src=/etc/passwd>",
    "<img src='file:///proc/self/environ'>",
    '<object data="file:///etc/shadow"></object>',
    '<embed src="../../balai/settings.py">',
    '<iframe src="file:///etc/hosts"></iframe>',
    '<link rel="attachment" href="file:///etc/passwd">',
    '<a rel="attachment" href="file:///etc/passwd">lampiran</a>',
    '<link rel="stylesheet" href="file:///etc/passwd">',
    '<base href="file:///etc/">',
    '<img src="asset:../../balai/settings.py">',
    '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>&e;',
    # requests
    '<img src="http://127.0.0.1:9/a.png">',
    "<img srcset='http://127.0.0.1:9/a.png 2x'>",
    "<style>@import url(http://127.0.0.1:9/a.css);</style>",
    "<style>@font-face{font-family:x;src:url(http://127.0.0.1:9/x.ttf)}</style>",
    '<p style="background:url(http://127.0.0.1:9/a)">x</p>',
    '<svg xmlns="http://www.w3.org/2000/svg"><image href="http://127.0.0.1:9/a"/></svg>',
    '<svg><use xlink:href="file:///etc/passwd#a"/></svg>',
    '<meta http-equiv="refresh" content="0;url=http://127.0.0.1:9/">',
    # script and forms
    "<script>alert(1)</script>",
    '<svg onload="alert(1)">',
    '<a href="javascript:alert(1)">klik</a>',
    '<form action="http://127.0.0.1:9/"><input name="a"></form>',
    # markup that breaks out
    "</td></tr></table></body></html>",
    "</title></head><body>",
    "</svg></p></div>",
    '" onmouseover="alert(1)" x="',
    "'><b>tebal</b>",
    "]]><!-- --><!--",
    # styles
    "<style>body{display:none}</style>",
    "</style><style>td{font-size:0}",
    '<p style="position:fixed;top:0">LUNAS</p>',
    # templates
    "{{ office.unit }}{{ settings.SECRET_KEY }}",
    "{% include '/etc/passwd' %}{% debug %}",
    "{# catatan #}${7*7}#{7*7}",
    # other readers
    '=HYPERLINK("http://127.0.0.1:9","x")',
    "&lt;b&gt; &#x3c;i&#x3e; %3Cu%3E \\3c s\\3e",
]
