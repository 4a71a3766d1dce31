"""Cohen's kappa of fixed categories by scikit-learn, which CohenKappaTest holds: prints one line for each number of rows. Needs scikit-learn (1.9.1 here).

usage: cohen_kappa.py
"""
from sklearn.metrics import cohen_kappa_score

for rows in 12, 60, 300:
    first = [(i * i + 3 * i) % 11 % 3 for i in range(rows)]
    second = [first[i] if i * i % 5 else (i * 7 + 1) % 3 for i in range(rows)]
    print(rows, repr(float(cohen_kappa_score(first, second))))
